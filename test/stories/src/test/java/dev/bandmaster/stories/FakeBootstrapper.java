package dev.bandmaster.stories;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A bootstrapper: a queue of jobs that runs one after the other on the hosts of its inventory, and
 * keeps results in memory only. It counts instead of running Ansible.
 */
final class FakeBootstrapper implements AutoCloseable {
  static final String TOKEN = "let-the-bot-in-0123";

  /** The inventory: the hosts of each application. */
  private static final Map<String, List<String>> HOSTS = Map.of("web", List.of("web1", "web2"));

  private final HttpServer server;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final List<String> started = new CopyOnWriteArrayList<>();
  private volatile boolean held;

  /** A job: what it will have counted, and how often it was asked for. */
  private static final class Job {
    final List<String> hosts;
    final boolean fails;
    boolean seen;

    Job(List<String> hosts, boolean fails) {
      this.hosts = hosts;
      this.fails = fails;
    }
  }

  FakeBootstrapper() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/ansible/", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Jobs that begin do not end until this is taken back. */
  void hold(boolean whether) {
    held = whether;
  }

  /** What was asked to be run, each as {@code endpoint parameters}, in its order. */
  List<String> started() {
    return List.copyOf(started);
  }

  /** It is restarted, and its queue and its results are gone. */
  void loseEverything() {
    jobs.clear();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401, "who are you?");
        return;
      }
      String path = exchange.getRequestURI().getPath().substring("/ansible/".length());
      String method = exchange.getRequestMethod();
      if (path.startsWith("results/")) {
        result(exchange, path.substring("results/".length()));
      } else if (path.equals("adhoc/") && method.equals("GET")) {
        Map<String, String> given =
            parameters(String.valueOf(exchange.getRequestURI().getRawQuery()));
        started.add("adhoc " + given.get("host") + " " + given.get("mod"));
        answer(exchange, 200, given.get("host") + " | SUCCESS => " + given.get("mod"));
      } else if (method.equals("POST")) {
        start(exchange, path, parameters(body));
      } else {
        answer(exchange, 405, "no");
      }
    }
  }

  private void start(HttpExchange exchange, String path, Map<String, String> given)
      throws IOException {
    String id = UUID.randomUUID().toString();
    switch (path) {
      case "update-code/" -> {
        String[] tags = given.getOrDefault("tags", "").split(",", -1);
        started.add("update-code " + given.get("tags") + " " + given.get("env"));
        jobs.put(id, new Job(HOSTS.getOrDefault(tags[0], List.of()), tags[1].equals("1.5.0")));
      }
      case "role/" -> {
        started.add("role " + given.get("host") + " " + given.get("role"));
        jobs.put(id, new Job(List.of(given.getOrDefault("host", "")), false));
      }
      case "set_eip/" -> {
        started.add("set_eip " + given.get("instance_id") + " " + given.get("role"));
        jobs.put(id, new Job(List.of("localhost"), false));
      }
      default -> {
        answer(exchange, 404, "no such endpoint");
        return;
      }
    }
    answer(exchange, 200, id);
  }

  private void result(HttpExchange exchange, String id) throws IOException {
    Job job = jobs.get(id);
    if (job == null) {
      answer(exchange, 404, "no such job");
    } else if (!job.seen) {
      job.seen = true;
      answer(exchange, 200, "{\"status\":\"in-queue\"}");
    } else if (held) {
      answer(exchange, 200, "{\"status\":\"waiting\"}");
    } else {
      answer(
          exchange,
          200,
          job.hosts.stream()
              .map(host ->
                  String.format(
                      java.util.Locale.ROOT,
                      "\"%s\":{\"unreachable\":0,\"skipped\":0,\"ok\":%d,\"changed\":%d,\"failures\":%d}",
                      host,
                      2,
                      1,
                      job.fails && host.equals("web2") ? 1 : 0))
              .collect(Collectors.joining(",", "{", "}")));
    }
  }

  private static Map<String, String> parameters(String form) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : form.split("&", -1)) {
      String[] sides = pair.split("=", 2);
      parameters.put(
          URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
          sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
