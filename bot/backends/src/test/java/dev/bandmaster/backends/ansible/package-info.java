/** Tests of runners with Ansible as a backend. */
@NullMarked
package dev.bandmaster.backends.ansible;

import org.jspecify.annotations.NullMarked;
