package io.waybill.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisioningTest {

  private static final Provisioning TOLD =
      new Provisioning(
          new UUID(1, 1),
          new UUID(2, 2),
          new UUID(3, 3),
          "robot-17",
          "wbd_secret",
          new Provisioning.Broker("broker.example", 8883, true, null),
          "https://waybill.example",
          new Provisioning.Receipt(List.of("a".repeat(43)), "waybill"),
          "-----BEGIN CERTIFICATE-----\nö\n",
          List.of("/data"));

  @Test
  void a_line_has_no_space_and_is_read_back() {
    assertThat(TOLD.line()).matches("waybill1\\.[A-Za-z0-9_-]+");
    assertThat(Provisioning.read(TOLD.line())).isEqualTo(new Parsed.Read<>(TOLD));
  }

  @Test
  void what_mail_does_to_it_does_no_harm() {
    String line = TOLD.line();
    String folded = "  " + line.substring(0, 70) + "\r\n " + line.substring(70) + "\n";

    assertThat(Provisioning.read(folded)).isEqualTo(new Parsed.Read<>(TOLD));
  }

  @Test
  void fields_of_a_newer_server_are_no_reason_to_refuse_it() {
    String json = new String(Json.bytes(TOLD), java.nio.charset.StandardCharsets.UTF_8);
    String more = json.replaceFirst("\\{", "{\"more\":1,");

    assertThat(
            Provisioning.read(
                "waybill1."
                    + Base64.getUrlEncoder()
                        .encodeToString(more.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
        .isEqualTo(new Parsed.Read<>(TOLD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "waybill1.",
        "waybill2.e30",
        "waybill1.e30",
        "waybill1.&",
        "secret",
        "waybill1.AAAA"
      })
  void what_is_no_line_is_told_why(String line) {
    assertThat(Provisioning.read(line)).isInstanceOf(Parsed.NotJson.class);
    assertThat(Provisioning.read(TOLD.line().substring(0, 90)))
        .isEqualTo(new Parsed.NotJson<>("its end is missing"));
  }

  @Test
  void its_words_have_no_secret() {
    assertThat(TOLD.toString()).doesNotContain("secret");
  }
}
