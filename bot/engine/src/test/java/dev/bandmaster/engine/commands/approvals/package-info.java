@NullMarked
package dev.bandmaster.engine.commands.approvals;

import org.jspecify.annotations.NullMarked;
