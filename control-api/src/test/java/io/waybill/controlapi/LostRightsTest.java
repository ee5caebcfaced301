package io.waybill.controlapi;

import static io.waybill.controlapi.Situations.nameOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Needs;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.access.Permission;
import io.waybill.core.upload.Limits;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A call that is repeated is authorized again: whoever may not ask any more is not told what they
 * were told when they might, even where what they asked for is gone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostRightsTest {

  private static final Limits ROOMY =
      Limits.standard().with(new Limits.Openings(10_000, 10_000, 10_000));

  private final TestWorld world = new TestWorld(ROOMY);
  private final Situations situations = new Situations(world);

  @AfterAll
  void close() {
    world.close();
  }

  private Stream<Route> remembered() {
    return world.routes().stream()
        .filter(route -> route.terms().isRemembered())
        .filter(route -> route.terms().needs() instanceof Needs.Right);
  }

  @ParameterizedTest
  @MethodSource("remembered")
  void who_has_lost_the_right_is_not_told_again(Route route) {
    String secret = "wb_loses_" + nameOf(route).hashCode() + "_planted_secret";
    HttpCalls caller = world.as(secret).with("Idempotency-Key", "of " + nameOf(route));
    String path = situations.path(route);
    world.grant(secret, EnumSet.allOf(Permission.class));
    HttpAnswer first = situations.ask(caller, route, path);
    assertThat(first.status()).as(nameOf(route)).isEqualTo(route.terms().okStatus());

    Set<Permission> others = EnumSet.allOf(Permission.class);
    others.removeAll(rightsOf(route));
    world.grant(secret, others);
    HttpAnswer withOthers = situations.ask(caller, route, path);
    world.grant(secret, Set.of());
    HttpAnswer withNone = situations.ask(caller, route, path);
    world.grant(secret, EnumSet.allOf(Permission.class));
    HttpAnswer withAll = situations.ask(caller, route, path);

    assertThat(List.of(withOthers, withNone))
        .as(nameOf(route))
        .allSatisfy(refused -> {
          assertThat(refused.outcome())
              .matches("403 auth.permission_denied|404 [a-z_]+\\.not_found");
          assertThat(refused.header("Idempotency-Replayed")).isEmpty();
        });
    assertThat(withAll.status()).as(nameOf(route)).isEqualTo(route.terms().okStatus());
    assertThat(withAll.header("Idempotency-Replayed")).as(nameOf(route)).isEqualTo("true");
  }

  private static List<Permission> rightsOf(Route route) {
    return route.terms().needs() instanceof Needs.Right(List<Permission> oneOf) ? oneOf : List.of();
  }
}
