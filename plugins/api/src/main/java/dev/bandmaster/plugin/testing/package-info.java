/** For the tests of plugins: a bot of one plugin, without a chat and without nodes. */
@NullMarked
package dev.bandmaster.plugin.testing;

import org.jspecify.annotations.NullMarked;
