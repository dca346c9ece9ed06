/** What the node is: measured facts, apps with versions, roles and tags. */
@NullMarked
package dev.bandmaster.agent.facts;

import org.jspecify.annotations.NullMarked;
