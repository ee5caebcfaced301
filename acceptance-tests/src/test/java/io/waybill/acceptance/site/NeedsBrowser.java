package io.waybill.acceptance.site;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips what needs a browser where there is none; CI installs it. */
public final class NeedsBrowser implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    String missing = Tools.missing("chromium", "chromedriver");
    return missing.isEmpty()
        ? ConditionEvaluationResult.enabled("the browser is here")
        : ConditionEvaluationResult.disabled(missing);
  }
}
