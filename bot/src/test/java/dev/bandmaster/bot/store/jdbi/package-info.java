/** Proves the store on SQLite and on PostgreSQL. */
@NullMarked
package dev.bandmaster.bot.store.jdbi;

import org.jspecify.annotations.NullMarked;
