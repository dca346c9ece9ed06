/** Tests of our own words for the chat. */
@NullMarked
package dev.bandmaster.core.chat;

import org.jspecify.annotations.NullMarked;
