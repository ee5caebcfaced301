package io.waybill.acceptance.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Executable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes one {@link Site} with a control-api and a gateway that all of them share: for
 * tests that leave it as they found it. It ends with the test run. Where Mosquitto is not
 * installed, tests that ask for it are skipped.
 */
public final class SharedSite implements ExecutionCondition, ParameterResolver {

  /** On Debian's Mosquitto instead of the embedded broker. */
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  public @interface OnMosquitto {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Stream<? extends Executable> asking =
        context.getTestMethod().isPresent()
            ? context.getTestMethod().stream()
            : context.getTestClass().stream().flatMap(c -> Stream.of(c.getDeclaredConstructors()));
    boolean needsMosquitto =
        asking
            .flatMap(executable -> Stream.of(executable.getParameters()))
            .anyMatch(parameter -> parameter.isAnnotationPresent(OnMosquitto.class));
    String missing = needsMosquitto ? Tools.missing("mosquitto", "mosquitto_passwd") : "";
    return missing.isEmpty()
        ? ConditionEvaluationResult.enabled("everything is here")
        : ConditionEvaluationResult.disabled(missing);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Site.class;
  }

  @Override
  public Site resolveParameter(ParameterContext parameter, ExtensionContext context) {
    boolean onMosquitto = parameter.isAnnotated(OnMosquitto.class);
    return context
        .getRoot()
        .getStore(Namespace.create(SharedSite.class))
        .computeIfAbsent(onMosquitto, Shared::start, Shared.class)
        .site();
  }

  private record Shared(Site site, Path folder) implements AutoCloseable {
    static Shared start(boolean onMosquitto) {
      try {
        Path folder = Files.createTempDirectory("waybill-site-");
        Site site = onMosquitto ? Site.openOnMosquitto(folder) : Site.open(folder);
        site.controlApi(Map.of("WAYBILL_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1"));
        site.gateway("waybill-gateway-a");
        return new Shared(site, folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      site.close();
      try (var tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
