package dev.bandmaster.agent.ansible;

import java.util.ArrayList;
import java.util.List;

/**
 * A program of Ansible's with its arguments, as the operating system will receive them.
 *
 * @param arguments the program first
 */
record AnsibleCall(List<String> arguments) {
  AnsibleCall {
    arguments = List.copyOf(arguments);
  }

  AnsibleCall with(String argument) {
    List<String> more = new ArrayList<>(arguments);
    more.add(argument);
    return new AnsibleCall(more);
  }
}
