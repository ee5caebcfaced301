package io.waybill.controlapi;

import static io.waybill.controlapi.Situations.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Needs;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.access.Permission;
import io.waybill.core.upload.Limits;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What a route says of itself is true. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTermsTest {

  /** Permissions that let a caller know that a resource exists. */
  private static final Set<Permission> SIGHT =
      EnumSet.of(
          Permission.DEVICE_VIEW,
          Permission.PROJECT_VIEW,
          Permission.ADMIN_UPLOADS,
          Permission.DATASET_VIEW,
          Permission.API_KEY_VIEW,
          Permission.PERMISSION_GRANT_VIEW,
          Permission.PROJECT_MEMBERS_VIEW,
          Permission.STORAGE_POLICY_VIEW);

  /** Every route makes a task of its own. */
  private static final Limits ROOMY =
      Limits.standard().with(new Limits.Openings(10_000, 10_000, 10_000));

  /** After which who has shown wrong secrets may try again. */
  private static final Duration A_WHILE = Duration.ofSeconds(10);

  private final TestWorld world = new TestWorld(ROOMY);
  private final Situations situations = new Situations(world);
  private final List<Route> routes = world.routes();

  @AfterAll
  void close() {
    world.close();
  }

  private Stream<Route> withRights() {
    return routes.stream().filter(route -> route.terms().needs() instanceof Needs.Right);
  }

  private Stream<Route> withoutRights() {
    return routes.stream().filter(route -> !(route.terms().needs() instanceof Needs.Right));
  }

  private Stream<Route> thatChange() {
    return routes.stream().filter(route -> !route.method().text().equals("GET"));
  }

  @ParameterizedTest
  @MethodSource("withRights")
  void the_permission_that_is_named_is_enough(Route route) {
    for (Permission permission : rightsOf(route)) {
      HttpAnswer answer =
          situations.ask(world.as(keyFor(permission, route)), route, situations.path(route));

      assertThat(answer.status())
          .as("%s with %s", nameOf(route), permission)
          .isEqualTo(route.terms().okStatus());
    }
  }

  /** The permission that the route names, and what it gives away. */
  private String keyFor(Permission permission, Route route) {
    EnumSet<Permission> enough = EnumSet.of(permission);
    enough.addAll(Situations.given(route));
    return world.keyWith(enough.toArray(Permission[]::new));
  }

  @ParameterizedTest
  @MethodSource("withRights")
  void who_has_every_permission_but_this_one_is_told_so(Route route) {
    EnumSet<Permission> others = EnumSet.allOf(Permission.class);
    others.removeAll(rightsOf(route));
    HttpCalls caller = world.as(world.keyWith(others.toArray(Permission[]::new)));

    assertRefused(route, situations.ask(caller, route, situations.path(route)));
  }

  @ParameterizedTest
  @MethodSource("withRights")
  void who_can_only_look_is_told_what_is_missing(Route route) {
    EnumSet<Permission> looks = EnumSet.copyOf(SIGHT);
    looks.removeAll(rightsOf(route));
    HttpCalls caller = world.as(world.keyWith(looks.toArray(Permission[]::new)));

    assertRefused(route, situations.ask(caller, route, situations.path(route)));
  }

  @ParameterizedTest
  @MethodSource("withRights")
  void who_can_do_nothing_does_not_learn_that_there_is_anything(Route route) {
    HttpAnswer answer = situations.ask(world.as(TestWorld.NOBODY), route, situations.path(route));

    String nothing =
        route.template().contains("{") ? "404 [a-z_]+\\.not_found" : "403 auth.permission_denied";
    assertThat(answer.outcome()).as(nameOf(route)).matches(nothing);
  }

  @ParameterizedTest
  @MethodSource("withRights")
  void another_tenant_is_told_nothing_of_this_one(Route route) {
    HttpAnswer answer = situations.ask(world.as(TestWorld.OTHER), route, situations.path(route));

    assertThat(answer.text())
        .as(nameOf(route))
        .doesNotContain(TestWorld.TENANT.toString(), TestWorld.PROJECT.toString(), "Robots");
    if (route.template().contains("{")) {
      assertThat(answer.outcome()).as(nameOf(route)).matches("404 [a-z_]+\\.not_found");
    }
  }

  @ParameterizedTest
  @MethodSource("withRights")
  void a_key_that_has_expired_opens_nothing(Route route) {
    world.time.advance(A_WHILE);
    HttpAnswer answer = situations.ask(world.as(TestWorld.EXPIRED), route, situations.path(route));

    assertThat(answer.outcome()).as(nameOf(route)).isEqualTo("401 auth.api_key_expired");
  }

  @ParameterizedTest
  @MethodSource("withRights")
  void a_key_that_was_revoked_opens_nothing(Route route) {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    JsonNode made = admin.post("/v1/api-keys", "{\"name\": \"for a day\"}").json();
    HttpCalls revoked = world.as(made.get("key_material").asString());
    assertThat(revoked.get("/v1/projects").outcome()).isEqualTo("200");
    String key = "/v1/api-keys/" + made.at("/api_key/api_key_id").asString();
    assertThat(admin.delete(key).outcome()).isEqualTo("204");

    world.time.advance(A_WHILE);
    HttpAnswer answer = situations.ask(revoked, route, situations.path(route));

    assertThat(answer.outcome()).as(nameOf(route)).isEqualTo("401 auth.api_key_invalid");
  }

  @ParameterizedTest
  @MethodSource("withoutRights")
  void what_needs_no_permission_is_answered_to_who_has_none(Route route) {
    boolean isOpen = route.terms().needs() instanceof Needs.Nothing;
    HttpCalls caller = isOpen ? world.anybody() : world.as(TestWorld.NOBODY);

    HttpAnswer answer = situations.ask(caller, route, situations.path(route));

    assertThat(answer.status()).as(nameOf(route)).isEqualTo(route.terms().okStatus());
    if (!isOpen) {
      assertThat(situations.ask(world.anybody(), route, situations.path(route)).outcome())
          .as(nameOf(route))
          .isEqualTo("401 auth.api_key_missing");
    }
  }

  @Test
  void a_list_for_everybody_shows_what_its_permission_shows() {
    List<Route> lists =
        routes.stream().filter(route -> route.terms().needs() instanceof Needs.Sight).toList();

    assertThat(lists)
        .extracting(Situations::nameOf)
        .containsExactlyInAnyOrder("GET /v1/projects", "GET /v1/storage-policies");
    for (Route list : lists) {
      String path = list.template();
      String name = "/" + path.substring("/v1/".length()).replace('-', '_');
      assertThat(world.as(TestWorld.NOBODY).get(path).json().at(name)).isEmpty();
      assertThat(world.as(world.keyWith(shownBy(list))).get(path).json().at(name)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("thatChange")
  void a_route_that_answers_once_repeats_its_answer_and_no_other_does(Route route) {
    HttpCalls keyed = world.as(TestWorld.ADMIN).with("Idempotency-Key", "of " + nameOf(route));
    String path = situations.path(route);

    HttpAnswer first = situations.ask(keyed, route, path);
    HttpAnswer second = situations.ask(keyed, route, path);

    assertThat(first.status()).as(nameOf(route)).isEqualTo(route.terms().okStatus());
    assertThat(second.status()).as(nameOf(route)).isEqualTo(route.terms().okStatus());
    assertThat(first.header("Idempotency-Replayed")).as(nameOf(route)).isEmpty();
    assertThat(second.header("Idempotency-Replayed"))
        .as(nameOf(route))
        .isEqualTo(route.terms().isRemembered() ? "true" : "");
    if (route.terms().isRemembered()) {
      assertThat(second.text()).as(nameOf(route)).isEqualTo(withoutSecret(first.text()));
    }
  }

  @Test
  void a_path_says_what_may_be_asked_of_it() {
    for (Route route : routes) {
      Set<String> methods =
          routes.stream()
              .filter(other -> fits(other.template(), route.template()))
              .map(other -> other.method().text())
              .collect(Collectors.toCollection(TreeSet::new));
      String path = route.template().replaceAll("\\{[a-z_]+}", TestWorld.id(0xfff).toString());

      HttpAnswer answer = world.as(TestWorld.ADMIN).send("PUT", path, new byte[0]);

      assertThat(answer.outcome()).as(path).isEqualTo("405 request.method_not_allowed");
      assertThat(answer.header("Allow")).as(path).isEqualTo(String.join(", ", methods));
    }
  }

  /** Whether what is asked of one path is asked of the other, too. */
  private static boolean fits(String template, String path) {
    return path.matches(template.replaceAll("\\{[a-z_]+}", "[^/]+"));
  }

  /** What is told once is not told again. */
  private static String withoutSecret(String answer) {
    return answer.replaceAll("(_material|\"secret)\":\"[^\"]*\"", "$1\":null");
  }

  private void assertRefused(Route route, HttpAnswer answer) {
    List<Permission> rights = rightsOf(route);
    if (answer.status() == 404) {
      assertThat(rights)
          .as("%s shows what it asks for", nameOf(route))
          .containsAnyElementsOf(SIGHT);
      assertThat(answer.outcome()).as(nameOf(route)).endsWith(".not_found");
      return;
    }
    assertThat(answer.outcome()).as(nameOf(route)).isEqualTo("403 auth.permission_denied");
    assertThat(answer.json().at("/error/details/permission").asString())
        .as(nameOf(route))
        .isEqualTo(rights.getLast().code());
  }

  private static Permission shownBy(Route list) {
    return list.terms().needs() instanceof Needs.Sight(Permission permission)
        ? permission
        : Permission.ADMIN_UPLOADS;
  }

  private static List<Permission> rightsOf(Route route) {
    return route.terms().needs() instanceof Needs.Right(List<Permission> oneOf) ? oneOf : List.of();
  }
}
