package dev.bandmaster.slack;

import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.impl.MethodsClientImpl;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;

/** The HTTP client for all calls to Slack. */
final class SlackHttp {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "[::1]", "localhost");

  private SlackHttp() {}

  /**
   * A client that sends each request once. By default OkHttp sends again what it had sent on a
   * connection that then broke, and a message that Slack had received is posted twice.
   */
  static OkHttpClient client(Duration callTimeout) {
    return new OkHttpClient.Builder()
        .socketFactory(new PromptSockets())
        .retryOnConnectionFailure(false)
        // Slack's API redirects nowhere, and what belongs to Slack is sent to nobody else.
        .followRedirects(false)
        .followSslRedirects(false)
        .connectTimeout(callTimeout)
        .readTimeout(callTimeout)
        .writeTimeout(callTimeout)
        .callTimeout(callTimeout)
        .proxySelector(new DirectToLoopback(ProxySelector.getDefault()))
        .build();
  }

  /** The SDK's client for the Web API at an address. */
  static MethodsClient methods(OkHttpClient client, URI api) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(api.toString());
    config.setProxyUrl(null);
    config.setStatsEnabled(false);
    // The line above forgets this one, whose thread would outlive the bot.
    config.getSCIM2Config().getMetricsDatastore().setStatsEnabled(false);
    SlackHttpClient http = new SlackHttpClient(client);
    http.setConfig(config);
    MethodsClientImpl methods = new MethodsClientImpl(http);
    methods.setEndpointUrlPrefix(api.toString());
    return methods;
  }

  /** Never goes through a proxy to this very machine, whatever else is set up. */
  private static final class DirectToLoopback extends ProxySelector {
    private final ProxySelector others;

    DirectToLoopback(ProxySelector others) {
      this.others = others;
    }

    @Override
    public List<Proxy> select(URI uri) {
      return LOOPBACK.contains(uri.getHost()) ? List.of(Proxy.NO_PROXY) : others.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException problem) {
      others.connectFailed(uri, address, problem);
    }
  }
}
