package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsSignatureTest {
  /** The keys and the time of the examples in the service's own documentation. */
  private static final AwsSignature EXAMPLE =
      new AwsSignature(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

  private static final Instant MAY = Instant.parse("2013-05-24T00:00:00Z");

  @Test
  void commandW7_aListIsSignedAsInThePublishedExample() {
    assertThat(
            EXAMPLE
                .headers(
                    "GET",
                    URI.create("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"),
                    MAY)
                .get("Authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host;x-amz-content-sha256;x-amz-date,"
                + " Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    assertThat(
            EXAMPLE
                .headers(
                    "GET", URI.create("https://examplebucket.s3.amazonaws.com/?lifecycle"), MAY)
                .get("Authorization"))
        .endsWith("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
  }

  @Test
  void commandW7_theOrderOfParametersAndUsualPortsChangeNothing() {
    String one = signature("https://s3.example/b?prefix=a%2Fb&list-type=2");
    assertThat(signature("https://s3.example/b?list-type=2&prefix=a%2Fb")).isEqualTo(one);
    assertThat(signature("https://s3.example:443/b?list-type=2&prefix=a%2Fb")).isEqualTo(one);
    assertThat(signature("https://s3.example:9000/b?list-type=2&prefix=a%2Fb")).isNotEqualTo(one);
    assertThat(signature("https://s3.example/c?list-type=2&prefix=a%2Fb")).isNotEqualTo(one);
  }

  private static String signature(String address) {
    return EXAMPLE.headers("GET", URI.create(address), MAY).toString();
  }

  @Test
  void trustT14_theSecretKeyIsNeverPrinted() {
    assertThat(EXAMPLE.toString()).contains("AKIA").doesNotContain("wJal");
    assertThat(new HostCredentials("s3.example", EXAMPLE).toString()).doesNotContain("wJal");
  }

  @ParameterizedTest
  @CsvSource({
    "https://auth.example/token,true",
    "http://auth.example/token,false",
    "http://127.0.0.1:5001/token,true",
    "file:///etc/passwd,false"
  })
  void commandW7_aTokenIsAskedForOverTlsAlone(String realm, boolean asked) {
    var challenge =
        RegistryChallenge.of(
            "Bearer realm=\"%s\",service=\"r.example\",scope=\"repository:other:push\""
                .formatted(realm),
            URI.create("https://r.example/v2/acme/web/tags/list"));
    assertThat(challenge.isPresent()).isEqualTo(asked);
    challenge.ifPresent(known ->
        assertThat(known.token().toString())
            .as("for what was asked, whatever the server says")
            .isEqualTo(realm + "?service=r.example&scope=repository%3Aacme%2Fweb%3Apull"));
  }
}
