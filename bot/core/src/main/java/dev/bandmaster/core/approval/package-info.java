/**
 * What waits for people's yes: the request, the votes, and how it ends. Pure: looking things up,
 * keeping and showing them is the business of others.
 */
@NullMarked
package dev.bandmaster.core.approval;

import org.jspecify.annotations.NullMarked;
