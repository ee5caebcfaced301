package io.waybill.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.webhooks.AddressRules.Objection;
import io.waybill.webhooks.AddressRules.Target;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link AddressRules}: a table of what must not be told anything, and of what may. */
class AddressRulesTest {
  private final AddressRules strict = new AddressRules(false, List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "https://example.com/",
        "https://EXAMPLE.com:8443/hook?a=b&c=%20d",
        "https://xn--bcher-kva.example/hook",
        "https://a-b.c-d.example/hook",
        "https://93.184.216.34/hook",
        "https://[2606:4700:4700::1111]/hook",
        "HTTPS://example.com/hook"
      })
  void the_public_internet_may_be_told(String url) {
    assertThat(strict.objection(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "//example.com/hook",
        "/hook",
        "https:example.com",
        "https:///hook",
        "https://",
        "http://example.com/hook",
        "ftp://example.com/hook",
        "file:///etc/passwd",
        "javascript://example.com/%0Aalert(1)",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://@example.com/",
        "https://example.com@127.0.0.1/",
        "https://example.com/#top",
        "https://example.com:0/",
        "https://example.com:65536/",
        "https://example.com:-1/",
        "https://example.com\\@127.0.0.1/",
        "https://exa mple.com/",
        "https://bücher.example/",
        "https://example.com/ü",
        "https://example.com/\r\nHost: a",
        "https://example.com./hook",
        "https://127.0.0.1./hook",
        "https://.example.com/",
        "https://a..example.com/",
        "https://ⓛocalhost/",
        "https://127。0。0。1/"
      })
  void what_is_no_plain_https_url_is_refused(String url) {
    assertThat(strict.objection(url)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::127.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:a00:1]",
        "[::ffff:93.184.216.34]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::93.184.216.34]",
        "[64:ff9b:1::1]",
        "[100::1]",
        "[2001::1]",
        "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
        "[2001:10::1]",
        "[2001:20::1]",
        "[2001:db8::1]",
        "[2002:7f00:1::]",
        "[2002:5db8:d822::1]",
        "[3fff::1]",
        "[5f00::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fdff::1]",
        "[fe80::1]",
        "[fe80::1%25eth0]",
        "[fec0::1]",
        "[ff02::1]",
        "[ff0e::1]"
      })
  void addresses_that_are_not_public_are_refused(String host) {
    assertThat(strict.objection("https://" + host + "/hook")).isPresent();
    assertThat(strict.objection("https://" + host + ":8443/hook")).isPresent();
  }

  /** As C libraries, shells and browsers read them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f000001",
        "017700000001",
        "0177.0.0.1",
        "127.0.0.01",
        "0x7f.0.0.1",
        "127.1",
        "127.0.1",
        "10.1",
        "1.2.3.4.5",
        "256.1.1.1",
        "93.184.216.0x22",
        "93.184.216.034",
        "example.1",
        "1.2.3.4a.5"
      })
  void other_ways_to_write_an_address_are_no_names(String host) {
    assertThat(strict.objection("https://" + host + "/hook")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "128.0.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255"
      })
  void what_lies_beside_them_is_not_refused(String host) {
    assertThat(strict.objection("https://" + host + "/hook")).isEmpty();
  }

  @Test
  void a_name_is_refused_for_one_of_its_addresses() throws Objection {
    InetAddress open = InetAddress.ofLiteral("93.184.216.34");
    InetAddress closed = InetAddress.ofLiteral("::1");

    strict.judge(List.of(open));
    assertThatThrownBy(() -> strict.judge(List.of(open, closed)))
        .isInstanceOf(Objection.class)
        .hasMessageContaining("WAYBILL_WEBHOOK_ALLOWED_NETWORKS");
    assertThatThrownBy(() -> strict.judge(List.of())).isInstanceOf(Objection.class);
  }

  @Test
  void a_network_that_the_operator_has_named_may_be_told_but_for_metadata() {
    AddressRules open = new AddressRules(false, List.of("10.1.0.0/16", "fd00::/8", "0.0.0.0/0"));
    AddressRules one = new AddressRules(false, List.of("127.0.0.1"));

    assertThat(open.objection("https://10.1.2.3/")).isEmpty();
    assertThat(open.objection("https://[fd12::1]/")).isEmpty();
    assertThat(open.objection("https://[fd00:ec2::254]/")).isPresent();
    assertThat(open.objection("https://169.254.169.254/")).isPresent();
    assertThat(open.objection("https://[::ffff:10.1.2.3]/")).isPresent();
    assertThat(one.objection("https://127.0.0.1/")).isEmpty();
    assertThat(one.objection("https://127.0.0.2/")).isPresent();
    assertThatThrownBy(() -> new AddressRules(false, List.of("10.0.0.0/33")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AddressRules(false, List.of("intranet")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void plain_http_is_for_a_developer_s_machine() throws Objection {
    AddressRules plain = new AddressRules(true, List.of());

    assertThat(plain.objection("http://example.com/")).isEmpty();
    assertThat(plain.objection("http://127.0.0.1/")).isPresent();
    assertThat(plain.target("http://example.com?x=1"))
        .isEqualTo(new Target(false, "example.com", null, 80, "/?x=1"));
    assertThat(strict.target("https://Example.com/a%20b"))
        .isEqualTo(new Target(true, "example.com", null, 443, "/a%20b"));
  }
}
