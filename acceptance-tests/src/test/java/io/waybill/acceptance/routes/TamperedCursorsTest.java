package io.waybill.acceptance.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.routes.Caller.Answer;
import io.waybill.acceptance.routes.Caller.Request;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no cursor of a list is told so, and none leads to what is somebody else's. */
@Timeout(300)
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperedCursorsTest {
  private static final String OTHER_API_KEY = "wb_dev_other_local_only";
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final String NO_CURSOR = "422 request.validation_failed";

  /** What filters can be asked for; each list takes those that it has. */
  private static final Map<String, String> FILTERS =
      Map.ofEntries(
          Map.entry("status", "FAILED"),
          Map.entry("source_device_id", DevelopmentIdentities.ROBOT_17.toString()),
          Map.entry("created_after", "2020-01-01T00:00:00Z"),
          Map.entry("created_before", "2020-01-01T00:00:00Z"),
          Map.entry("occurred_after", "2020-01-01T00:00:00Z"),
          Map.entry("occurred_before", "2020-01-01T00:00:00Z"),
          Map.entry("search", "n"),
          Map.entry("include_deleted", "true"),
          Map.entry("prefix", "wb_"),
          Map.entry("source", "db"),
          Map.entry("actor", "somebody"));

  private final Site site;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Listed> ours = new LinkedHashMap<>();
  private final Map<String, Listed> theirs = new LinkedHashMap<>();

  /** A list of somebody, and where its first page of one row ends. */
  private record Listed(Caller caller, String path, String cursor) {
    Answer page(String query) {
      return caller.ask(new Request("GET", path + "?" + query, ""));
    }

    Answer after(String cursor) {
      return page("limit=1&cursor=" + URLEncoder.encode(cursor, UTF_8));
    }

    Set<String> ids() {
      return ID.matcher(page("limit=200").text())
          .results()
          .map(MatchResult::group)
          .collect(toSet());
    }
  }

  TamperedCursorsTest(Site site) {
    this.site = site;
  }

  @BeforeAll
  void fill() {
    fill(ours, DevelopmentIdentities.API_KEY);
    fill(theirs, OTHER_API_KEY);
  }

  @AfterAll
  void close() {
    client.close();
  }

  private void fill(Map<String, Listed> all, String key) {
    Caller caller = new Caller(client, site.api(), key);
    Lists lists = new Lists(caller, new Stage(site, caller));
    lists()
        .forEach(template -> {
          String path = lists.filled(template);
          Answer first = caller.ask(new Request("GET", path + "?limit=1", ""));
          assertThat(first.outcome()).as("%s: %s", path, first.text()).isEqualTo("200");
          String cursor = first.json().path("next_cursor").asString("");
          assertThat(cursor).as(path).isNotEmpty();
          all.put(template, new Listed(caller, path, cursor));
        });
  }

  private static Stream<String> lists() {
    return Lists.templates();
  }

  @Test
  void every_list_of_the_page_is_here() {
    assertThat(lists()).hasSizeGreaterThanOrEqualTo(16);
  }

  @ParameterizedTest
  @MethodSource("lists")
  void what_is_no_cursor_of_this_list_is_refused(String template) {
    Listed list = of(ours, template);
    assertThat(list.after(list.cursor()).outcome()).isEqualTo("200");

    for (String spoilt : spoilt(template, list.cursor())) {
      Answer answer = list.after(spoilt);

      assertThat(answer.outcome())
          .as("%s after %s: %s", template, spoilt, answer.text())
          .isEqualTo(NO_CURSOR);
      assertThat(answer.json().at("/error/details/errors/0/field").asString()).isEqualTo("cursor");
    }
    Answer flooded = list.after("A".repeat(60_000));
    assertThat(flooded.outcome()).matches("4\\d\\d request\\.[a-z_]+");
    String twice = "limit=1&cursor=" + list.cursor() + "&cursor=" + list.cursor();
    assertThat(list.page(twice).outcome()).isEqualTo(NO_CURSOR);
  }

  private List<String> spoilt(String template, String good) {
    List<String> spoilt = new ArrayList<>();
    for (int length = 0; length < good.length(); length += 3) {
      spoilt.add(good.substring(0, length));
    }
    byte[] bytes = isEncoded(good) ? Base64.getUrlDecoder().decode(good) : new byte[0];
    for (int bit = 0; bit < bytes.length * 8; bit += 5) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      spoilt.add(Base64.getUrlEncoder().withoutPadding().encodeToString(flipped));
    }
    ours.forEach((other, listed) -> {
      if (!other.equals(template)) {
        spoilt.add(listed.cursor());
      }
    });
    spoilt.addAll(
        List.of(
            " ",
            " " + good,
            good + " ",
            good + "A",
            good + good,
            "\u0000",
            good + "\u0000",
            "%",
            "not a cursor",
            "../../etc/passwd",
            "' or 1=1 --",
            "-1",
            "99999999999999999999",
            "ü\ud83d\ude00",
            UUID.randomUUID().toString(),
            "A".repeat(512),
            "A".repeat(513)));
    // The cursor of parts is the number of one: another number is another place.
    spoilt.removeIf(cursor -> !isEncoded(good) && cursor.matches("\\d{1,4}"));
    return spoilt;
  }

  private static boolean isEncoded(String cursor) {
    return cursor.length() > 20;
  }

  /** Every page is authorized anew, so that somebody else's cursor is a place in one's own list. */
  @ParameterizedTest
  @MethodSource("lists")
  void the_cursor_of_another_tenant_shows_nothing_of_theirs(String template) {
    Listed list = of(ours, template);
    Listed other = of(theirs, template);
    Set<String> secrets = new HashSet<>(other.ids());
    secrets.removeAll(list.ids());

    Answer answer = list.after(other.cursor());

    assertThat(answer.outcome()).isIn("200", NO_CURSOR);
    assertThat(secrets).as(template).isNotEmpty().noneMatch(answer.text()::contains);
  }

  @ParameterizedTest
  @MethodSource("lists")
  void a_cursor_under_other_filters_shows_what_they_show(String template) {
    Listed list = of(ours, template);
    Set<String> secrets = new HashSet<>(of(theirs, template).ids());
    secrets.removeAll(list.ids());
    for (String filter : Lists.filters(template)) {
      String value = FILTERS.getOrDefault(filter, "");
      if (!value.isEmpty()) {
        String query = filter + "=" + value + "&cursor=" + list.cursor();

        Answer answer = list.page(query);

        assertThat(answer.outcome()).as("%s %s", template, query).isIn("200", NO_CURSOR);
        assertThat(secrets).as(query).noneMatch(answer.text()::contains);
      }
    }
  }

  private static Listed of(Map<String, Listed> lists, String template) {
    Listed listed = lists.get(template);
    assertThat(listed).as(template).isNotNull();
    return Objects.requireNonNull(listed);
  }
}
