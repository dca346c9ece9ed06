@NullMarked
package dev.bandmaster.acl;

import org.jspecify.annotations.NullMarked;
