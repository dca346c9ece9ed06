/** {@code codeupdate}: brings a version of an application onto the nodes of an environment. */
@NullMarked
package dev.bandmaster.standard.codeupdate;

import org.jspecify.annotations.NullMarked;
