package dev.bandmaster.demo;

import java.util.List;

/**
 * A server of the demo.
 *
 * @param name its name
 * @param environment where it belongs
 * @param application what it runs
 */
record DemoNode(String name, String environment, String application) {

  /** The fleet that newcomers meet. */
  static final List<DemoNode> FLEET =
      List.of(
          new DemoNode("web1", "staging", "web"),
          new DemoNode("web2", "staging", "web"),
          new DemoNode("web3", "prod", "web"),
          new DemoNode("api1", "staging", "api"),
          new DemoNode("api2", "prod", "api"),
          new DemoNode("db1", "prod", "db"));

  String role() {
    return switch (application) {
      case "web" -> "frontend";
      case "db" -> "database";
      default -> "backend";
    };
  }
}
