/** The store in SQL; the only package that knows Jdbi, Flyway and JDBC. */
@NullMarked
package dev.bandmaster.store;

import org.jspecify.annotations.NullMarked;
