/**
 * Commands for environments whose work a service carries out, and how such work is planned: the
 * service knows its hosts, the bot does not.
 */
@NullMarked
package dev.bandmaster.standard.service;

import org.jspecify.annotations.NullMarked;
