/** The design system. Colours and sizes come from tokens.css; each part has its states on /dev/ui.
 * Dialogs and lists are imported by themselves: what is named here comes with the widget's first file. */
export { Button, type ButtonProps, IconButton, type IconButtonProps } from "./button";
export { Card, EmptyState, type EmptyProps, Skeleton } from "./card";
export { Badge, Face, type FaceProps, Tag } from "./face";
export { Field, type FieldProps, LongField, type LongFieldProps, SelectField, type SelectFieldProps, TickBox, type TickBoxProps } from "./field";
export { Lamp, type LampState } from "./lamp";
export { leaves, Menu, type MenuItem, type MenuProps } from "./menu";
export { Alert, Notice, type NoticeKind, type NoticeProps, ToastList, type ToastLine } from "./notice";
export { beginningWith, isRightToLeft, moved } from "./roving";
export { Choice, type ChoiceProps, Tabs, type TabsProps } from "./tabs";
