package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Route;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description is what the server does; each answer of the other tests is held against it. */
class OpenApiTest {

  private final OpenApiPage page = new OpenApiPage();

  @Test
  void every_route_is_described_and_every_description_is_a_route() {
    assertThat(page.operations()).containsExactlyInAnyOrderElementsOf(routes());
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

  private static List<String> routes() {
    try (TestWorld world = new TestWorld()) {
      ApiParts parts = new ApiParts(world.cases, world.registry, List.of(), () -> TestWorld.id(1));
      return ControlApi.routes(ApiSettings.DEFAULT, parts).stream()
          .map((Route route) -> route.method().text() + " " + route.template())
          .toList();
    }
  }
}
