package io.waybill.acceptance.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How long methods are, as the compiler reads them and Checkstyle counts them: from the brace that
 * opens the body to the one that ends it. What has no body is not counted, and lambdas count to the
 * method they stand in.
 */
class MethodLengthTest {

  private static final int LINES = 20;
  private static final double PART = 0.95;

  private static final List<Method> METHODS = new ArrayList<>();

  private record Method(String file, String name, long lines) {}

  @BeforeAll
  static void readAll() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(programs()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree file : task.parse()) {
        new Reader(file, positions).scan(file, METHODS);
      }
    }
  }

  private static List<Path> programs() throws IOException {
    try (Stream<Path> files = Files.walk(Checkout.ROOT)) {
      return files
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> !file.toString().contains("/testkit/"))
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .toList();
    }
  }

  /** Notes the methods of one file. */
  private static final class Reader extends TreePathScanner<Void, List<Method>> {
    private final CompilationUnitTree file;
    private final SourcePositions positions;
    private final LineMap lines;

    Reader(CompilationUnitTree file, SourcePositions positions) {
      this.file = file;
      this.positions = positions;
      this.lines = file.getLineMap();
    }

    @Override
    public Void visitMethod(MethodTree method, List<Method> found) {
      if (method.getBody() != null) {
        long first = lines.getLineNumber(positions.getStartPosition(file, method.getBody()));
        long last = lines.getLineNumber(positions.getEndPosition(file, method));
        String name = Path.of(file.getSourceFile().getName()).getFileName().toString();
        found.add(new Method(name, method.getName().toString(), last - first + 1));
      }
      return super.visitMethod(method, found);
    }
  }

  @Test
  void nearly_every_method_is_seen_at_a_glance() {
    List<Method> longer = METHODS.stream().filter(method -> method.lines() > LINES).toList();

    assertThat((double) (METHODS.size() - longer.size()) / METHODS.size())
        .as("methods of at most %s lines; longer are %s", LINES, longer)
        .isGreaterThanOrEqualTo(PART);
  }
}
