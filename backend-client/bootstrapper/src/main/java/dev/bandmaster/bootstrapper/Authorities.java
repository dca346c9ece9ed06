package dev.bandmaster.bootstrapper;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Trust in the certificates of a PEM file, and in no others. */
final class Authorities {
  private Authorities() {}

  /**
   * Lets a client trust the certificates of this file alone.
   *
   * @throws IllegalArgumentException with a sentence if the file cannot be used
   */
  static void use(Path file, OkHttpClient.Builder client) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("authority-" + number++, one);
      }
      if (number == 0) {
        throw new IllegalArgumentException("There is no certificate in " + file + ".");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      client.sslSocketFactory(context.getSocketFactory(), manager(factory.getTrustManagers()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The certificates in %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static X509TrustManager manager(TrustManager[] managers) {
    for (TrustManager one : managers) {
      if (one instanceof X509TrustManager found) {
        return found;
      }
    }
    throw new IllegalStateException("the platform has no X.509 trust manager");
  }
}
