/** Commands about jobs that wait for approval. */
@NullMarked
package dev.bandmaster.engine.commands.approvals;

import org.jspecify.annotations.NullMarked;
