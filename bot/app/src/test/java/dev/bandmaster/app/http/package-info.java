@NullMarked
package dev.bandmaster.app.http;

import org.jspecify.annotations.NullMarked;
