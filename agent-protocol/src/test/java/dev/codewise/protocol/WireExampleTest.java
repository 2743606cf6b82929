package dev.codewise.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.codewise.protocol.WireExample.Field;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

/** Holds for every record and each of its fields; a new field has these tests as soon as it is in its example. */
class WireExampleTest {

    @ParameterizedTest
    @MethodSource("examples")
    void isWrittenAsTheDocumentShowsIt(WireExample example) {
        String written = Wire.write(example.value());

        assertThat(Wire.tree(written)).isEqualTo(Wire.tree(example.json()));
        assertThat(written).doesNotContain("\n");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isReadAsTheDocumentShowsIt(WireExample example) {
        assertThat(example.read(example.json())).isEqualTo(example.value());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isReadWithAFieldOfALaterVersionBesideItsOwn(WireExample example) {
        var json = Wire.object(example.json());
        json.putObject("later").putArray("than").add("this");

        assertThat(example.read(json.toString())).isEqualTo(example.value());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void showsEveryFieldInItsExample(WireExample example) {
        assertThat(Wire.object(example.json()).propertyNames())
                .containsAll(example.fields().map(Field::name).toList());
    }

    @ParameterizedTest
    @MethodSource("optionalFields")
    void anOptionalFieldMayBeAbsent(Field field) {
        var json = Wire.object(field.example().json()).without(field.name());

        var read = (Record) field.example().read(json.toString());

        assertThat(field.in(read)).isNull();
        assertThat(othersOf(field, read))
                .isEqualTo(othersOf(field, field.example().value()));
    }

    @ParameterizedTest
    @MethodSource("optionalFields")
    void anOptionalFieldMayBeNull(Field field) {
        var json = Wire.object(field.example().json()).putNull(field.name());

        var read = (Record) field.example().read(json.toString());

        assertThat(field.in(read)).isNull();
    }

    @ParameterizedTest
    @MethodSource("optionalFields")
    void anOptionalFieldThatIsAbsentIsNotWritten(Field field) {
        var json = Wire.object(field.example().json()).without(field.name());

        String written = Wire.write(field.example().read(json.toString()));

        assertThat(Wire.tree(written)).isEqualTo(json);
    }

    @ParameterizedTest
    @MethodSource("requiredFields")
    void aRequiredFieldThatIsAbsentIsNamedInTheRefusal(Field field) {
        var json = Wire.object(field.example().json()).without(field.name());

        assertThatThrownBy(() -> field.example().read(json.toString()))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("\"" + field.name() + "\"");
    }

    @ParameterizedTest
    @MethodSource("requiredFields")
    void aRequiredFieldThatIsNullIsNamedInTheRefusal(Field field) {
        var json = Wire.object(field.example().json()).putNull(field.name());

        assertThatThrownBy(() -> field.example().read(json.toString()))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("\"" + field.name() + "\"");
    }

    static Stream<WireExample> examples() {
        return WireExample.all();
    }

    static Stream<Field> optionalFields() {
        return fields().filter(Field::isOptional);
    }

    /** An error may come without its message: see {@link RunErrorTest}. */
    static Stream<Field> requiredFields() {
        return fields().filter(field -> !field.isOptional())
                .filter(field -> !field.toString().equals("RunError.message"));
    }

    private static Stream<Field> fields() {
        return WireExample.all().flatMap(WireExample::fields);
    }

    private static List<?> othersOf(Field field, Record value) {
        return field.example()
                .fields()
                .filter(other -> !other.name().equals(field.name()))
                .map(other -> other.in(value))
                .toList();
    }
}
