/**
 * Decides who may do what, where. Default deny, any deny wins, order never matters. Knows nothing
 * of Slack, the bus or the store: a request is plain data, and so is the answer.
 */
@NullMarked
package dev.bandmaster.acl;

import org.jspecify.annotations.NullMarked;
