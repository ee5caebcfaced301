package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Needs;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Permission;
import io.waybill.core.member.MemberRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
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

    Nobody grants, or denies, what they do not have: `POST /v1/permission-grants` needs the permission that is
    given, too, on the resource on which it is given and for as long, and so does taking back a DENY. A grant says
    in `source` who takes it back: `manual`, by `DELETE /v1/permission-grants/{permission_grant_id}`;
    `role:<name>`, with the role of a member; `project_grant`, with a device's access to a project.

    An API key that is made for certain devices (`device_ids`) meets the uploads of these devices only, and whatever
    it is granted, only this counts: %s.

    Who may not even see a resource gets its `…not_found`; who sees it but lacks the permission gets
    `auth.permission_denied`, which names it.

    A list is asked of what it hangs under: whoever has its permission there is shown all of it but what a DENY of its
    own hides, and whoever has not is shown none of it. So a grant on one dataset, task or device opens this one by its id,
    and no list. The lists of projects and storage policies hang under nothing that could be asked: they show what their
    caller may view.

    Every call is authorized, a repeated one too: whoever has lost the right since is not told the answer that its
    `Idempotency-Key` remembers, even where what it asked for is gone.

    ## What each route needs

    | route | needs | answers | one effect per `Idempotency-Key` |
    |---|---|---|---|
    %s
    ## What each role gives

    A member of a project has its role's permissions there, as grants of the source `role:<name>`; each role has all
    that the one before it has. To give a role, or to take it, needs `project.members.manage` and all of these.

    | role | adds |
    |---|---|
    %s
    A project that is open to a device (`POST /v1/projects/{project_id}/devices/{device_id}/grant`) gives it, as
    grants of the source `project_grant`: %s.

    ## What each permission is for

    | permission | routes |
    |---|---|
    %s\
    """
        .formatted(
            listed(DeviceAccess.OF_KEYS),
            rows(routes),
            roles(),
            listed(DeviceAccess.PERMISSIONS),
            permissions(routes));
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

  private static String roles() {
    StringBuilder rows = new StringBuilder();
    EnumSet<Permission> had = EnumSet.noneOf(Permission.class);
    for (MemberRole role : MemberRole.values()) {
      EnumSet<Permission> more = EnumSet.copyOf(role.permissions());
      more.removeAll(had);
      had.addAll(more);
      rows.append("| `%s` | %s |\n".formatted(role.word(), listed(more)));
    }
    return rows.toString();
  }

  private static String listed(Collection<Permission> permissions) {
    return permissions.stream()
        .sorted()
        .map(PermissionsPageTest::code)
        .collect(Collectors.joining(", "));
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
    if (permission == Permission.DATASET_OBJECT_LOCK_BYPASS) {
      return "`DELETE /v1/projects/{project_id}/datasets/{dataset_id}/purge`, past a lock in GOVERNANCE mode";
    }
    assertThat(uses).as("routes that ask for %s", permission.code()).isNotEmpty();
    return uses;
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
