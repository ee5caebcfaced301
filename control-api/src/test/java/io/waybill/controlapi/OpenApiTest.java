package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Needs;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.access.Permission;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description is what the server does; each answer of the other tests is held against it. */
class OpenApiTest {

  private final OpenApiPage page = new OpenApiPage();

  @Test
  void every_route_is_described_with_its_status_and_every_description_is_a_route() {
    List<String> routes =
        routes().stream()
            .map(route -> Situations.nameOf(route) + " " + route.terms().okStatus())
            .toList();
    List<String> described =
        page.operations().stream().map(name -> name + " " + page.successOf(name)).toList();

    assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void every_change_is_described_with_what_it_needs() {
    for (Route route : routes()) {
      if (!route.method().text().equals("GET")
          && route.terms().needs() instanceof Needs.Right(List<Permission> oneOf)) {
        String needs =
            oneOf.stream()
                .map(right -> "`" + right.code() + "`")
                .collect(Collectors.joining(" or "));
        assertThat(page.descriptionOf(Situations.nameOf(route)).replaceAll("\\s+", " "))
            .as(Situations.nameOf(route))
            .contains("Needs " + needs);
      }
    }
  }

  @Test
  void every_described_route_is_served_and_takes_no_other_parameter_than_those_described() {
    try (TestWorld world = new TestWorld()) {
      for (String operation : page.operations()) {
        String method = operation.substring(0, operation.indexOf(' '));
        String template = operation.substring(operation.indexOf(' ') + 1);
        String path = template.replaceAll("\\{[a-z_]+}", TestWorld.id(0xfff).toString());
        HttpAnswer answer =
            world
                .as(TestWorld.ADMIN)
                .send(method, path + "?not_a_parameter=1" + wrong(method, template), new byte[0]);
        if (template.startsWith("/v1/")) {
          assertThat(answer.fieldErrors())
              .as(operation)
              .containsExactlyInAnyOrderElementsOf(expected(method, template));
        } else {
          assertThat(answer.status()).as(operation).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void the_page_is_served() {
    try (TestWorld world = new TestWorld()) {
      HttpAnswer answer = world.anybody().get("/openapi.yaml");

      assertThat(answer.header("Content-Type")).isEqualTo("application/yaml");
      assertThat(answer.text()).startsWith("openapi: 3.1.0");
    }
  }

  /** An empty value for each parameter that is described: wrong for every type. */
  private String wrong(String method, String template) {
    return page.queryOf(method, template).stream()
        .map(name -> "&" + name + "=")
        .collect(Collectors.joining());
  }

  private List<String> expected(String method, String template) {
    Set<String> names = page.queryOf(method, template);
    return Stream.concat(
            Stream.of("not_a_parameter request.unknown_field"),
            names.stream().map(name -> name + " request.field_invalid"))
        .toList();
  }

  private static List<Route> routes() {
    try (TestWorld world = new TestWorld()) {
      return world.routes();
    }
  }
}
