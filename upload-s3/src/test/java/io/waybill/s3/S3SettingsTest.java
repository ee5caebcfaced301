package io.waybill.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {

  @ParameterizedTest
  @CsvSource({
    "https://s3.example.com, https://s3.example.com",
    "https://s3.example.com/, https://s3.example.com",
    "https://s3.example.com:443, https://s3.example.com",
    "http://minio:80, http://minio",
    "http://minio:9000/, http://minio:9000",
    "https://minio:80, https://minio:80",
    "http://[::1]:9000, http://[::1]:9000",
    "http://LocalHost:19000, http://localhost:19000",
    "HTTPS://S3.Example.COM:443/, https://s3.example.com",
    "http://s3.example.com.:9000, http://s3.example.com:9000",
    "http://s3.example.com:09000, http://s3.example.com:9000",
    "http://s3.example.com:, http://s3.example.com",
    "http://[0:0:0:0:0:0:0:1]:9000, http://[::1]:9000",
    "http://[2001:DB8:0000:0:1:0:0:1], http://[2001:db8::1:0:0:1]",
    "http://[2001:db8:0:1:1:1:1:1], http://[2001:db8:0:1:1:1:1:1]",
    "http://[FE80::], http://[fe80::]",
    "http://[::ffff:127.0.0.1]:9000, http://127.0.0.1:9000",
    "http://127.0.0.1.:9000, http://127.0.0.1:9000",
    "http://Bücher.example, http://xn--bcher-kva.example",
    "http://BU\u0308CHER.example, http://xn--bcher-kva.example",
    "http://xn--bcher-kva.example, http://xn--bcher-kva.example",
    "http://1.example, http://1.example",
  })
  void an_endpoint_is_kept_as_clients_write_it(String given, String kept) {
    S3Endpoint endpoint = endpoint(given, given, "us-east-1", "robot-data");

    assertThat(endpoint.internal()).isEqualTo(URI.create(kept));
    assertThat(endpoint.external()).isEqualTo(URI.create(kept));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3.example.com",
        "ftp://s3.example.com",
        "http:///bucket",
        "http://user:password@s3.example.com",
        "http://s3.example.com/prefix",
        "http://s3.example.com/?x=y",
        "http://s3.example.com/#here",
        "http://s3..example.com",
        "http://.example.com",
        "http://s3_store",
        "http://s3.example.com:123456",
      })
  void an_endpoint_with_more_or_less_than_an_origin_is_refused(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> endpoint(given, "http://minio", "us-east-1", "robot-data"))
        .withMessageStartingWith("the storage endpoint must be");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> endpoint("http://minio", given, "us-east-1", "robot-data"))
        .withMessageStartingWith("the storage public endpoint must be")
        .withMessageNotContaining("password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.1:9000",
        "http://0177.0.0.1",
        "http://0x7f.0.0.1",
        "http://256.1.1.1",
        "http://2130706433",
        "http://[fe80::1%25eth0]",
        "http://faß.example",
        "http://s3.example.com:0",
        "http://s3.example.com:70000",
      })
  void a_host_that_clients_would_rewrite_each_in_their_way_is_refused(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> endpoint("http://minio", given, "us-east-1", "robot-data"))
        .withMessageStartingWith("the storage public endpoint has");
  }

  @Test
  void what_every_request_needs_must_be_there() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> endpoint("http://minio", "http://minio", " ", "robot-data"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> endpoint("http://minio", "http://minio", "us-east-1", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new S3Credentials("", "secret"));
    assertThatIllegalArgumentException().isThrownBy(() -> new S3Credentials("key", " "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new S3Settings(Map.of(), S3Timeouts.DEFAULT, S3Connections.standard()));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new S3Timeouts(
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)));
  }

  @Test
  void neither_key_is_printed() {
    S3Settings settings =
        S3Settings.of(
            "local", endpoint("http://minio:9000", "http://minio:9000", "us-east-1", "robot-data"));

    assertThat(settings.toString())
        .contains("minio:9000")
        .doesNotContain("PLANTED-KEY")
        .doesNotContain("PLANTED-SECRET");
  }

  private static S3Endpoint endpoint(
      String internal, String external, String region, String bucket) {
    return new S3Endpoint(
        URI.create(internal),
        URI.create(external),
        region,
        new S3Credentials("PLANTED-KEY", "PLANTED-SECRET"),
        S3Addressing.PATH,
        bucket,
        false);
  }
}
