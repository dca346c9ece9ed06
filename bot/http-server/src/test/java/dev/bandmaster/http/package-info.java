@NullMarked
package dev.bandmaster.http;

import org.jspecify.annotations.NullMarked;
