package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.ErrorStatus;
import io.waybill.core.ErrorCode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every status that a route answers is listed with it by its number: each answer of the other tests
 * is held against the list ({@link OpenApiPage#hold}), and what follows from a route's shape here.
 */
class StatusesTest {

  private static final Pattern CODE = Pattern.compile("`([a-z_]+\\.[a-z_]+)`");

  /** Of no route: what is asked of a path by a method that it does not know. */
  private static final int METHOD_NOT_ALLOWED = 405;

  /** Read without a credential, and without the database. */
  private static final Set<String> FOR_EVERYBODY = Set.of("/v1/receipts/keys", "/v1/welcome");

  private final OpenApiPage page = new OpenApiPage();

  @Test
  void a_status_names_every_code_that_comes_with_it() {
    Map<Integer, Set<String>> promised =
        Stream.of(ErrorCode.values())
            .filter(code -> !code.code().startsWith("mqtt."))
            .filter(code -> ErrorStatus.of(code) != METHOD_NOT_ALLOWED)
            .collect(
                Collectors.groupingBy(
                    ErrorStatus::of, Collectors.mapping(ErrorCode::code, Collectors.toSet())));
    promised.forEach((status, codes) -> {
      String said = page.refusal(status);
      assertThat(said).as("%s is answered by some route", status).isNotNull();
      assertThat(CODE.matcher(said).results().map((MatchResult found) -> found.group(1)))
          .as("%s", status)
          .containsExactlyInAnyOrderElementsOf(codes);
    });
  }

  @Test
  void every_route_lists_what_follows_from_its_shape() {
    for (String operation : page.operations()) {
      String method = operation.substring(0, operation.indexOf(' '));
      String template = operation.substring(operation.indexOf(' ') + 1);
      assertThat(page.statusesOf(method, template))
          .as(operation)
          .containsAll(ofShape(method, template))
          .allSatisfy(status -> assertThat(status).matches("[2-5][0-9]{2}"));
    }
  }

  private static Set<String> ofShape(String method, String template) {
    Set<String> statuses = new TreeSet<>(Set.of("400", "500"));
    if (template.startsWith("/v1/")) {
      statuses.addAll(
          FOR_EVERYBODY.contains(template)
              ? Set.of("422")
              : Set.of("401", "403", "422", "429", "503"));
    }
    if (template.contains("{")) {
      statuses.add("404");
    }
    if (method.equals("POST") || method.equals("PATCH")) {
      statuses.addAll(Set.of("413", "415"));
    }
    return statuses;
  }
}
