/**
 * What makes an agent a runner: it runs the distribution's Ansible for environments whose hosts
 * have no agents, and reports each host.
 */
@NullMarked
package dev.bandmaster.agent.ansible;

import org.jspecify.annotations.NullMarked;
