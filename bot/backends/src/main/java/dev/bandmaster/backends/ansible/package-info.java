/**
 * Runners with Ansible as a backend: agents that work on hosts without agents. The bot chooses one
 * for each job, asks it over the agent bus, and reads the hosts out of its reports.
 */
@NullMarked
package dev.bandmaster.backends.ansible;

import org.jspecify.annotations.NullMarked;
