package io.waybill.acceptance.packages;

import io.waybill.acceptance.site.Tools;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Making packages takes a minute or two: it is done where somebody asks for it, as CI does. */
public final class NeedsPackages implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (System.getenv("WAYBILL_TEST_PACKAGES") == null) {
      return ConditionEvaluationResult.disabled("WAYBILL_TEST_PACKAGES is not set");
    }
    if (context.getRequiredTestClass().isAnnotationPresent(InContainers.class)
        && System.getenv("WAYBILL_TEST_COMPOSE") == null) {
      return ConditionEvaluationResult.disabled(
          "a Docker engine with debian:bookworm-slim is missing: WAYBILL_TEST_COMPOSE is not set");
    }
    String missing = Tools.missing("dpkg-deb", "lintian", "systemd-analyze", "man", "bash");
    return missing.isEmpty()
        ? ConditionEvaluationResult.enabled("packages can be made and looked at here")
        : ConditionEvaluationResult.disabled(missing);
  }
}
