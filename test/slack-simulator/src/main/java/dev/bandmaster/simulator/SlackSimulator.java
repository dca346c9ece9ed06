package dev.bandmaster.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.api.Call;
import dev.bandmaster.simulator.api.CallLog;
import dev.bandmaster.simulator.api.RateLimiter;
import dev.bandmaster.simulator.api.ResponseUrls;
import dev.bandmaster.simulator.api.Triggers;
import dev.bandmaster.simulator.api.WebApi;
import dev.bandmaster.simulator.api.WebApis;
import dev.bandmaster.simulator.control.Control;
import dev.bandmaster.simulator.control.Interactions;
import dev.bandmaster.simulator.control.Lab;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.control.Submission;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.fault.Faults;
import dev.bandmaster.simulator.http.HttpServer;
import dev.bandmaster.simulator.socket.Delivery;
import dev.bandmaster.simulator.socket.EnvelopeSeen;
import dev.bandmaster.simulator.socket.Events;
import dev.bandmaster.simulator.socket.SocketHub;
import dev.bandmaster.simulator.time.Timer;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.Ids;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.Timestamps;
import dev.bandmaster.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A local Slack on one port of 127.0.0.1: Web API, Socket Mode, files, a page to type in and a
 * control interface. The methods here do what the control interface does over HTTP; wrong names end
 * in an {@link IllegalArgumentException} that says what there is. Safe for use by many threads.
 */
public final class SlackSimulator implements AutoCloseable {
  private final Timer timer;
  private final SocketHub hub;
  private final Control control;
  private final Interactions interactions;
  private final Lab lab;
  private final World world;
  private final HttpServer server;
  private final Address address;

  private SlackSimulator(Workspace workspace, SimulatorOptions options) {
    timer = options.timer();
    Ids ids = new Ids(options.random());
    Timestamps timestamps = new Timestamps(options.clock());
    Faults faults = new Faults();
    CallLog calls = new CallLog();
    RateLimiter limiter = new RateLimiter(options.clock(), options.rateScale());
    world = new World(workspace, timestamps, ids);
    hub =
        new SocketHub(
            workspace.bot(),
            ids,
            options.clock(),
            timer,
            options.delays(),
            faults,
            options.sameEnvelope());
    address = new Address(hub, workspace);
    Supplier<String> base = address::base;
    Shapes shapes = new Shapes(world, base);
    Triggers triggers = new Triggers(ids, options.clock());
    ResponseUrls responses = new ResponseUrls(world, shapes, base, options.clock());
    WebApi api =
        WebApis.create(
            new WebApis.Ground(
                world,
                shapes,
                triggers,
                base,
                address::socket,
                share -> timer.after(options.shareDelay(), share),
                options.clock()),
            limiter,
            faults,
            calls);
    world.listen(new Events(world, shapes, hub, options.clock())::on);
    control = new Control(world, shapes);
    interactions = new Interactions(world, shapes, hub, triggers, responses, timestamps);
    lab = new Lab(world, hub, faults, calls, limiter);
    server =
        HttpServer.start(
            options.port(),
            new HttpServer.Parts(
                world,
                api,
                responses,
                hub,
                control,
                interactions,
                lab,
                options.sideTitle(),
                options.sidePanel(),
                options.suggestions()));
    address.port = server.port();
  }

  /** Starts a simulator; close it to free the port. */
  public static SlackSimulator start(Workspace workspace, SimulatorOptions options) {
    return new SlackSimulator(workspace, options);
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** How many connections are open on its port, sockets and requests together. */
  public int httpConnections() {
    return server.connections();
  }

  /**
   * Sends clients to another port of this machine from now on: API, sockets and files. For the one
   * that stands between them and this simulator and passes everything on.
   */
  public void standBehind(int port) {
    address.port = port;
  }

  /** What a Slack client takes for Slack's API address, with a slash at the end. */
  public String apiUrl() {
    return address.base() + "/api/";
  }

  /** The address of the page. */
  public String pageUrl() {
    return "http://127.0.0.1:" + port() + "/";
  }

  /** The workspace it simulates. */
  public Workspace workspace() {
    return world.workspace();
  }

  /** How many WebSockets of the app are open. */
  public int connections() {
    return hub.connections();
  }

  /** A person types a message into a conversation; returns its timestamp. */
  public String say(String as, String channel, String text) {
    return control.say(as, channel, text, null);
  }

  /** A person types an answer into a thread; returns its timestamp. */
  public String say(String as, String channel, String text, @Nullable String threadTs) {
    return control.say(as, channel, text, threadTs);
  }

  /** A person uses a slash command. */
  public Delivery slash(String as, String channel, String command, String text) {
    return interactions.slash(as, channel, command, text);
  }

  /** A person clicks a button of a message. */
  public Delivery click(String as, String channel, String ts, String actionId) {
    return interactions.click(as, channel, ts, actionId, null);
  }

  /** The messages of a conversation, oldest first, without the answers in threads. */
  public List<SeenMessage> messages(String channel) {
    return control.messages(channel, null, null);
  }

  /** The messages of a thread, its first message first. */
  public List<SeenMessage> thread(String channel, String threadTs) {
    return control.messages(channel, threadTs, null);
  }

  /** Waits for a message, threads included; nothing where none came in time. */
  public Optional<SeenMessage> await(
      String channel, Predicate<SeenMessage> wanted, Duration within) {
    return control.await(channel, wanted, within);
  }

  /** Makes something go wrong; returns the fault with its id. */
  public Fault fault(Fault fault) {
    return lab.fault(fault);
  }

  /** Every Web API call, oldest first. */
  public List<Call> calls() {
    return lab.calls();
  }

  /** Every envelope, oldest first. */
  public List<EnvelopeSeen> envelopes() {
    return lab.envelopes();
  }

  /** A person submits a modal; {@code values} is block id to action id to value. */
  public Submission submit(String as, String viewId, JsonNode values) {
    return interactions.submit(as, viewId, values);
  }

  /** The rest of what people can do with messages. */
  public Control people() {
    return control;
  }

  /** The rest of what people can do with menus, modals and the home tab. */
  public Interactions interactions() {
    return interactions;
  }

  /** The rest of what an experimenter can do. */
  public Lab lab() {
    return lab;
  }

  @Override
  public void close() {
    hub.closeAll();
    server.close();
    timer.close();
  }

  /** The simulator's own address, known once it listens. */
  private static final class Address {
    private final SocketHub hub;
    private final Workspace workspace;
    private volatile int port;

    Address(SocketHub hub, Workspace workspace) {
      this.hub = hub;
      this.workspace = workspace;
    }

    String base() {
      return "http://127.0.0.1:" + port;
    }

    String socket() {
      return "ws://127.0.0.1:"
          + port
          + "/link/?ticket="
          + hub.ticket()
          + "&app_id="
          + workspace.bot().appId();
    }
  }
}
