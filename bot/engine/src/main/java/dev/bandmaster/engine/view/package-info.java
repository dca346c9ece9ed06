/** What people see: renderers and texts. Pure. */
@NullMarked
package dev.bandmaster.engine.view;

import org.jspecify.annotations.NullMarked;
