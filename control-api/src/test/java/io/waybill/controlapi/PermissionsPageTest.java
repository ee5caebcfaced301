package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Needs;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.access.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/permissions.md} says what the routes say; {@code -Dwaybill.docs.write=true} writes it
 * anew.
 */
class PermissionsPageTest {

  private static final Path PAGE = Path.of("../docs/permissions.md");

  private final TestWorld world = new TestWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void the_page_says_what_the_routes_say() throws IOException {
    String page = page(world.routes());
    if (Boolean.getBoolean("waybill.docs.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as("docs/permissions.md; write it anew with -Dwaybill.docs.write=true")
        .isEqualTo(page);
  }

  private static String page(List<Route> routes) {
    return """
    # Permissions

    Generated from the routes of the HTTP API; a test asks each of them with and without what stands here.
    Over MQTT a command needs what its route needs.

    A permission is given by a grant on a resource, and holds for everything under it: on the tenant, on a
    project, on one task or session. DENY beats ALLOW wherever both apply. A device has, of its own uploads
    in the projects it was granted, what an upload needs, and sees nobody else's.

    Who may not even see a resource gets its `…not_found`; who sees it but lacks the permission gets
    `auth.permission_denied`, which names it.

    ## What each route needs

    | route | needs | answers | one effect per `Idempotency-Key` |
    |---|---|---|---|
    %s
    ## What each permission is for

    | permission | routes |
    |---|---|
    %s\
    """
        .formatted(rows(routes), permissions(routes));
  }

  private static String rows(List<Route> routes) {
    return routes.stream()
        .sorted(Comparator.comparing(Route::template).thenComparing(r -> r.method().text()))
        .map(PermissionsPageTest::row)
        .collect(Collectors.joining());
  }

  private static String row(Route route) {
    return "| `%s %s` | %s | %d | %s |\n"
        .formatted(
            route.method().text(),
            route.template(),
            said(route.terms().needs()),
            route.terms().okStatus(),
            route.terms().isRemembered() ? "yes" : "–");
  }

  private static String said(Needs needs) {
    return switch (needs) {
      case Needs.Nothing() -> "nothing";
      case Needs.Caller() -> "a known key or credential";
      case Needs.Sight(Permission of) ->
          "a known key or credential; shows what " + code(of) + " shows";
      case Needs.Right(List<Permission> oneOf) ->
          oneOf.stream().map(PermissionsPageTest::code).collect(Collectors.joining(" or "));
    };
  }

  private static String permissions(List<Route> routes) {
    return Arrays.stream(Permission.values())
        .map(permission -> "| %s | %s |\n".formatted(code(permission), uses(routes, permission)))
        .collect(Collectors.joining());
  }

  private static String uses(List<Route> routes, Permission permission) {
    String uses =
        routes.stream()
            .filter(route -> asksFor(route.terms().needs(), permission))
            .map(route -> "`" + Situations.nameOf(route) + "`")
            .sorted()
            .collect(Collectors.joining("<br>"));
    return uses.isEmpty() ? "no route yet" : uses;
  }

  private static boolean asksFor(Needs needs, Permission permission) {
    return switch (needs) {
      case Needs.Nothing() -> false;
      case Needs.Caller() -> false;
      case Needs.Sight(Permission of) -> of == permission;
      case Needs.Right(List<Permission> oneOf) -> oneOf.contains(permission);
    };
  }

  private static String code(Permission permission) {
    return "`" + permission.code() + "`";
  }
}
