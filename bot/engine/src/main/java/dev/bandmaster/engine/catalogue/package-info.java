/** What commands may name: environments, applications and their releases. */
@NullMarked
package dev.bandmaster.engine.catalogue;

import org.jspecify.annotations.NullMarked;
