@NullMarked
package dev.bandmaster.app.http.facade;

import org.jspecify.annotations.NullMarked;
