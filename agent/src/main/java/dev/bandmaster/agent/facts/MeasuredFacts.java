package dev.bandmaster.agent.facts;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;

/** Facts the agent collects about its machine; they do not change while it runs. */
final class MeasuredFacts {

  private static final long MEBIBYTE = 1L << 20;

  private MeasuredFacts() {}

  static Map<String, String> of(String agentVersion) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("agent", agentVersion);
    facts.put("os", System.getProperty("os.name"));
    facts.put("kernel", System.getProperty("os.version"));
    facts.put("arch", System.getProperty("os.arch"));
    facts.put("java", System.getProperty("java.version"));
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean machine) {
      facts.put("memory_mb", String.valueOf(machine.getTotalMemorySize() / MEBIBYTE));
    }
    return facts;
  }
}
