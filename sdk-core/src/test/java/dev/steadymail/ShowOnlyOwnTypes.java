package dev.steadymail;

import com.tngtech.archunit.base.HasDescription;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Checks what a user can see of a type: supertypes, fields, constructors and methods, with their type parameters and
 * thrown types. The JDK's, JSpecify's and our own types are allowed.
 */
final class ShowOnlyOwnTypes extends ArchCondition<JavaClass> {
    private static final List<String> ALLOWED = List.of(
            "dev.steadymail.",
            "java.",
            "javax.crypto.",
            "javax.net.",
            "javax.security.auth.",
            "org.jspecify.annotations.");

    ShowOnlyOwnTypes() {
        super("show only types of the JDK, of JSpecify and of our own in public and protected signatures");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isVisible(type)) {
            return;
        }
        report(type, type, headOf(type), events);
        type.getMembers().stream()
                .filter(ShowOnlyOwnTypes::isVisible)
                .forEach(member -> report(type, member, typesIn(member), events));
    }

    private static boolean isVisible(JavaClass type) {
        return isShown(type.getModifiers())
                && type.getEnclosingClass().map(ShowOnlyOwnTypes::isVisible).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return isShown(member.getModifiers());
    }

    private static boolean isShown(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static Stream<JavaType> headOf(JavaClass type) {
        return Stream.of(
                        type.getSuperclass().stream(),
                        type.getInterfaces().stream(),
                        boundsOf(type.getTypeParameters()))
                .flatMap(types -> types);
    }

    private static Stream<JavaType> typesIn(JavaMember member) {
        if (member instanceof JavaCodeUnit code) {
            return Stream.of(
                            Stream.of(code.getReturnType()),
                            code.getParameterTypes().stream(),
                            code.getExceptionTypes().stream(),
                            boundsOf(code.getTypeParameters()))
                    .flatMap(types -> types);
        }
        return member.getAllInvolvedRawTypes().stream().map(JavaType.class::cast);
    }

    private static Stream<JavaType> boundsOf(List<? extends JavaTypeVariable<?>> variables) {
        return variables.stream().flatMap(variable -> variable.getUpperBounds().stream());
    }

    private static void report(JavaClass owner, HasDescription where, Stream<JavaType> types, ConditionEvents events) {
        types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .filter(type -> !isAllowed(type))
                .distinct()
                .forEach(type -> events.add(SimpleConditionEvent.violated(
                        owner, where.getDescription() + " shows <" + type.getName() + ">")));
    }

    private static boolean isAllowed(JavaClass type) {
        return type.isPrimitive() || ALLOWED.stream().anyMatch(type.getName()::startsWith);
    }
}
