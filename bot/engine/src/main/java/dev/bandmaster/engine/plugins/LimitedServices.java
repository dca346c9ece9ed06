package dev.bandmaster.engine.plugins;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.PluginState;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.PluginServices;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The services of one plugin, with its limits. Safe for use by many threads. */
final class LimitedServices implements PluginServices {
  private static final int MOST_POSTS = 20;
  private static final Duration POSTS_WITHIN = Duration.ofMinutes(1);
  private static final int MOST_KEYS = 500;
  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_VALUE = 64 * 1024;
  private static final long MOST_STATE = 1024 * 1024;
  private static final int LARGEST_BODY = 1024 * 1024;
  private static final int MOST_BLOCKS = 40;
  private static final int MOST_HEADERS = 30;
  private static final Duration CALL = Duration.ofSeconds(10);
  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

  /** What buttons of plugins may do: run a command as if it were typed. */
  private static final String RUN = "command.run";

  private final String plugin;
  private final Store store;
  private final PluginPermissions permissions;
  private final HttpClient http;
  private final InstantSource clock;
  private final Deque<Instant> posts = new ArrayDeque<>();

  LimitedServices(
      String plugin,
      Store store,
      PluginPermissions permissions,
      HttpClient http,
      InstantSource clock) {
    this.plugin = plugin;
    this.store = store;
    this.permissions = permissions;
    this.http = http;
    this.clock = clock;
  }

  /** A client that goes nowhere else than it is sent. */
  static HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CALL)
        .build();
  }

  @Override
  public void post(String channel, Message message) {
    if (!permissions.channels().contains(channel)) {
      throw new IllegalArgumentException(
          "The channel '%s' is not among `plugins.channels`.".formatted(channel));
    }
    if (message.blocks().size() > MOST_BLOCKS) {
      throw new IllegalArgumentException("A message has at most 40 blocks.");
    }
    for (Message.Block block : message.blocks()) {
      if (block instanceof Message.Buttons(var buttons)
          && !buttons.stream().allMatch(button -> button.action().equals(RUN))) {
        throw new IllegalArgumentException("A plugin's buttons only run commands.");
      }
    }
    Instant now = clock.instant();
    synchronized (posts) {
      while (!posts.isEmpty() && posts.getFirst().plus(POSTS_WITHIN).isBefore(now)) {
        posts.removeFirst();
      }
      if (posts.size() >= MOST_POSTS) {
        throw new IllegalStateException("It has posted 20 messages within a minute.");
      }
      posts.addLast(now);
    }
    store.commit(
        new Change.PostMessage(
            "plugin:%s:%s".formatted(plugin, Ids.next(now)),
            new Outbound.ChannelMessage(
                new ConversationRef(channel, ConversationRef.Kind.CHANNEL, Optional.empty()),
                message,
                false),
            Urgency.SOON));
  }

  @Override
  public Optional<String> get(String key) {
    return store.pluginState().get(plugin, checked(key));
  }

  @Override
  public void put(String key, String value) {
    checked(key);
    if (value.length() > LONGEST_VALUE) {
      throw new IllegalArgumentException("A value has at most 64 KiB.");
    }
    Optional<String> before = get(key);
    PluginState.Size size = store.pluginState().size(plugin);
    long more =
        (long) key.length()
            + value.length()
            - before.map(old -> key.length() + old.length()).orElse(0);
    if (before.isEmpty() && size.keys() >= MOST_KEYS) {
      throw new IllegalStateException("It keeps 500 keys, and cannot keep more.");
    }
    if (size.characters() + more > MOST_STATE) {
      throw new IllegalStateException("It keeps 1 MiB, and cannot keep more.");
    }
    store.commit(new Change.PutPluginState(plugin, key, value));
  }

  @Override
  public void remove(String key) {
    store.commit(new Change.RemovePluginState(plugin, Optional.of(checked(key))));
  }

  private static String checked(String key) {
    if (key.isBlank() || key.length() > LONGEST_KEY || key.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A key has 1 to 200 characters.");
    }
    return key;
  }

  @Override
  public Answer call(String method, URI address, Map<String, String> headers, String body) {
    if (!METHODS.contains(method)) {
      throw new IllegalArgumentException("The method is none of GET, POST, PUT and DELETE.");
    }
    if (!isAllowed(address)) {
      throw new IllegalArgumentException(
          "The host '%s' is not among `plugins.hosts`.".formatted(address.getHost()));
    }
    if (headers.size() > MOST_HEADERS || body.length() > LARGEST_BODY) {
      throw new IllegalArgumentException("A request has at most 30 headers and 1 MiB.");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(CALL)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
          throw new IllegalStateException("The answer is larger than 1 MiB.");
        }
        return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "The host '%s' cannot be reached.".formatted(address.getHost()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The call was interrupted.", e);
    }
  }

  private boolean isAllowed(URI address) {
    String scheme = String.valueOf(address.getScheme());
    if (address.getHost() == null
        || address.getUserInfo() != null
        || !(scheme.equals("https") || scheme.equals("http"))) {
      return false;
    }
    String host = address.getHost().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    int port = address.getPort() < 0 ? usual : address.getPort();
    return permissions.hosts().contains(host + ":" + port)
        || (port == usual && permissions.hosts().contains(host));
  }
}
