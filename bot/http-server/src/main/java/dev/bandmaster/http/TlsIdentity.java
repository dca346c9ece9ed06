package dev.bandmaster.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** With what a server proves who it is: a certificate with its chain, and the private key. */
public final class TlsIdentity {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /** How a key of each kind signs, to see whether it belongs to the certificate. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "Ed25519");

  /** A file of certificates is a few KB. */
  private static final long LONGEST = 256 << 10;

  private final KeyStore store;
  private final X509Certificate certificate;

  private TlsIdentity(KeyStore store, X509Certificate certificate) {
    this.store = store;
    this.certificate = certificate;
  }

  /**
   * Reads one.
   *
   * @param certificates a PEM file with the server's certificate first, then those between it and
   *     the authority
   * @param key the private key in PEM, as PKCS#8 and not encrypted
   * @throws IllegalArgumentException with a sentence that says what is wrong and nothing of the key
   */
  public static TlsIdentity read(Path certificates, String key) {
    List<X509Certificate> chain = chain(certificates);
    PrivateKey secret = key(key, chain.getFirst().getPublicKey());
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", secret, new char[0], chain.toArray(Certificate[]::new));
      return new TlsIdentity(store, chain.getFirst());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The certificates in %s cannot be used: %s".formatted(certificates, e.getMessage()), e);
    }
  }

  private static List<X509Certificate> chain(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new IllegalArgumentException(file + " is too long to be certificates in PEM.");
      }
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new IllegalArgumentException("There is no certificate in " + file + ".");
      }
      return chain;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The certificates in %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static PrivateKey key(String pem, PublicKey of) {
    Matcher found = KEY.matcher(pem);
    if (!found.find()) {
      throw new IllegalArgumentException(
          "The private key is not 'BEGIN PRIVATE KEY' in PEM. To convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out key8.pem");
    }
    String signing = SIGNATURES.get(of.getAlgorithm());
    if (signing == null) {
      throw new IllegalArgumentException(
          "A certificate for a key of the kind %s cannot be used; RSA, EC and Ed25519 can."
              .formatted(of.getAlgorithm()));
    }
    try {
      PrivateKey key =
          KeyFactory.getInstance(of.getAlgorithm())
              .generatePrivate(
                  new PKCS8EncodedKeySpec(
                      Base64.getMimeDecoder()
                          .decode(found.group(1).getBytes(StandardCharsets.US_ASCII))));
      if (isPair(signing, key, of)) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // What is wrong with a key is not said: a message could hold some of it.
    }
    throw new IllegalArgumentException(
        "The private key does not belong to the certificate, which comes first in its file.");
  }

  private static boolean isPair(String signing, PrivateKey key, PublicKey of)
      throws GeneralSecurityException {
    byte[] text = "a text to sign".getBytes(StandardCharsets.US_ASCII);
    Signature signer = Signature.getInstance(signing);
    signer.initSign(key);
    signer.update(text);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(signing);
    verifier.initVerify(of);
    verifier.update(text);
    return verifier.verify(signature);
  }

  /** The server's own certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  SslContextFactory.Server contextFactory() {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setKeyStore(store);
    factory.setKeyStorePassword("");
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    return factory;
  }

  @Override
  public String toString() {
    return "TlsIdentity[" + certificate.getSubjectX500Principal() + "]";
  }
}
