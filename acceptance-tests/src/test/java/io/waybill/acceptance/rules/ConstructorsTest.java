package io.waybill.acceptance.rules;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Set;
import java.util.TreeSet;

/** What is made of more things than one can keep in mind is two classes, or wants a record. */
@AnalyzeClasses(packages = "io.waybill", importOptions = ImportOption.DoNotIncludeTests.class)
class ConstructorsTest {

  private static final int PARAMETERS = 5;

  /**
   * A record's are its values; what a compiler adds to an inner class or an enum is not counted.
   */
  @ArchTest
  static void nothing_is_made_of_more_than_five_things(JavaClasses all) {
    Set<String> many =
        all.stream()
            .filter(type -> !type.isRecord() && !type.isEnum() && !type.isAnonymousClass())
            .flatMap(type -> type.getConstructors().stream())
            .filter(made -> made.getRawParameterTypes().size() > PARAMETERS)
            .map(JavaConstructor::getOwner)
            .map(JavaClass::getSimpleName)
            .collect(toCollection(TreeSet::new));
    assertThat(many).isEmpty();
  }
}
