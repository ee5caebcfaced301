package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.s3.S3Addressing;
import io.waybill.s3.S3Endpoint;
import io.waybill.s3.S3Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which stores are configured, and what policies can name of them. */
class StorageEndpointsTest {
  private static final String ARCHIVE =
      """
      archive.endpoint=http://10.0.0.7:9000
      archive.public-endpoint=https://archive.example.com
      archive.region=eu-central-1
      archive.access-key=key
      archive.secret-key=planted_secret
      archive.buckets=cold, colder
      archive.kms-keys=line-3=arn:aws:kms:eu-central-1:1:key/a
      archive.path-style=false
      """;

  @TempDir Path folder;

  @Test
  void the_endpoint_of_the_settings_stays_the_usual_one() {
    S3Settings settings =
        read(Map.of("WAYBILL_STORAGE_BUCKETS", "a,b", "WAYBILL_STORAGE_KMS_KEYS", "k=id-of-k"));

    assertThat(settings.endpoints()).containsOnlyKeys("default");
    assertThat(settings.directory().find("default").orElseThrow().buckets())
        .containsExactlyInAnyOrder("robot-data", "a", "b");
    assertThat(settings.directory().find("default").orElseThrow().kmsKeyRefs())
        .containsExactly("k");
  }

  @Test
  void a_file_adds_stores_each_with_its_public_address() throws IOException {
    S3Settings settings = read(file(ARCHIVE));

    S3Endpoint archive = Objects.requireNonNull(settings.endpoints().get("archive"));
    assertThat(settings.endpoints()).containsOnlyKeys("default", "archive");
    assertThat(archive.internal()).isEqualTo(URI.create("http://10.0.0.7:9000"));
    assertThat(archive.external()).isEqualTo(URI.create("https://archive.example.com"));
    assertThat(archive.region()).isEqualTo("eu-central-1");
    assertThat(archive.addressing()).isEqualTo(S3Addressing.VIRTUAL_HOST);
    assertThat(archive.choices().buckets()).containsExactlyInAnyOrder("cold", "colder");
    assertThat(archive.choices().kmsKeys())
        .containsEntry("line-3", "arn:aws:kms:eu-central-1:1:key/a");
  }

  @Test
  void what_is_wrong_in_the_file_is_said_without_a_secret() throws IOException {
    assertThatThrownBy(() -> read(Map.of("WAYBILL_STORAGE_ENDPOINTS_FILE", "/no/such/file")))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("/no/such/file");
    assertWrong(ARCHIVE + "archive.bucket=cold", "archive.bucket");
    assertWrong(ARCHIVE.replace("archive.buckets", "other.buckets"), "archive");
    assertWrong(ARCHIVE.replace("line-3=", ""), "name=id");
    assertWrong(ARCHIVE.replace("archive.", "default."), "default");
  }

  private void assertWrong(String text, String said) throws IOException {
    Map<String, String> environment = file(text);
    assertThatThrownBy(() -> read(environment))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining(said)
        .hasMessageNotContaining("planted_secret");
  }

  private Map<String, String> file(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("endpoints.properties"), text);
    return Map.of("WAYBILL_STORAGE_ENDPOINTS_FILE", file.toString());
  }

  private S3Settings read(Map<String, String> environment) {
    return StorageEndpoints.of(Configuration.load(new HashMap<>(environment), folder));
  }
}
