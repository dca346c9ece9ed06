package dev.bandmaster.bus;

import com.rabbitmq.client.ConnectionFactory;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/** Points the driver at a broker. */
final class BrokerAddress {
  private BrokerAddress() {}

  /**
   * A factory for connections to the broker. For {@code amqps} the driver would trust every
   * certificate; this one has to be signed by an authority that Java trusts, for this host's name.
   */
  static ConnectionFactory factory(ConnectionSettings settings)
      throws URISyntaxException, GeneralSecurityException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(settings.uri());
    if (settings.uri().toLowerCase(Locale.ROOT).startsWith("amqps:")) {
      factory.useSslProtocol(SSLContext.getDefault());
      factory.enableHostnameVerification();
    }
    return factory;
  }
}
